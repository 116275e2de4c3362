/**
 * What a session is told, validated when it is made: a record that exists is a record that can run. A mistake throws
 * {@link io.ristflow.core.config.ConfigException}, whose message names the field, the value, the allowed range and what to do. Imports nothing of ours.
 */
package io.ristflow.core.config;

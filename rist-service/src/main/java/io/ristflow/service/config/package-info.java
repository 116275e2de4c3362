/**
 * What a user writes (URLs, RistFlow manifests, settings) into what the host runs: a {@link io.ristflow.service.config.FlowSpec}. Every mistake is a
 * {@link io.ristflow.core.config.ConfigException} of one line that names field, value, allowed range and what to do.
 */
package io.ristflow.service.config;

/** What an administrator sets for the operator. Imports nothing of ours. */
package io.ristflow.operator.config;

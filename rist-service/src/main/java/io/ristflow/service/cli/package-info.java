/**
 * The command line: verbs, options and what they are turned into. Everything that a user wrote is read and refused here, in one line, before a host is booted; what was asked for goes over as a record
 * to a {@link io.ristflow.service.cli.Launch}, which the door implements. Imports {@code config} alone.
 */
package io.ristflow.service.cli;

/** Meters, health checks and the session log, all read from the registry's snapshots. */
package io.ristflow.service.observe;

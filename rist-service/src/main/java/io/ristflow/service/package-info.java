/** The host of flows: sockets, event loops, health, metrics, REST. */
package io.ristflow.service;

/** REST resources; no logic. */
package io.ristflow.service.admin;

/** Words as people write and read them: hosts and networks, a user's text in a message, one line of many. Pure; imports nothing of ours, any room may import it but {@code crd.v1alpha1}. */
package io.ristflow.operator.text;

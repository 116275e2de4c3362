/** What can be told only of the packaged programs: run after both modules' {@code quarkus-app} have been made. */
package io.ristflow.operator.packaged;

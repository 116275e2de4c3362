/** What things are called: children, labels, annotations. Pure; imports nothing of ours but the resource's constants. */
package io.ristflow.operator.naming;

/**
 * What a spec may be: the CRD's own schema and CEL rules, run here for API servers that are too old to, and what no schema can say. Whatever is found goes into {@code Accepted=False}, so that nobody has to read it from a pod that
 * will not start. Imports {@code crd.v1alpha1} and {@code text} alone; pure, but for reading the CRD from the class path once.
 */
package io.ristflow.operator.validate;

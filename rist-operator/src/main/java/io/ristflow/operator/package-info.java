/**
 * The keeper: RistFlow resources become pods of rist-service. This module holds its place; the operator is not built yet.
 *
 * <p>It will import neither rist-service nor be imported by it: what they share is the RistFlow schema in {@code crds/}.
 */
package io.ristflow.operator;

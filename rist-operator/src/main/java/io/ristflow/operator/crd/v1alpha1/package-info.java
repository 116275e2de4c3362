/**
 * The RistFlow resource, v1alpha1, as records. They are what the API server sends and takes; {@code crds/} is generated from them and held in step by a test. Imports nothing of ours.
 *
 * <p>A component is null where the resource does not say it. Of a spec that came from an API server the schema's defaults are filled in; of one that was read from a file they may be missing.
 */
package io.ristflow.operator.crd.v1alpha1;

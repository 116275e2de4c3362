package io.ristflow.operator.validate;

/**
 * One thing that is wrong with a spec.
 *
 * @param path place in the resource, such as {@code spec.inputs[0].rist.paths[1]}
 * @param message what is wrong there and what to do, one line; holds no value that may be a secret
 */
public record Violation(String path, String message) {
    @Override
    public String toString() {
        return path + ": " + message;
    }
}

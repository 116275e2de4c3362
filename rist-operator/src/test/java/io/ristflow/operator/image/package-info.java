/** The images' two descriptions, {@code src-native/NAME.json} and {@code src-native/Dockerfile.NAME}, say the same. */
package io.ristflow.operator.image;

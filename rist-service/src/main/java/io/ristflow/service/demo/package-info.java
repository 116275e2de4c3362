/**
 * {@code ./rist demo}: a test signal, a sender, a bad path, a receiver and a checker in one process, so that anyone can see in twenty seconds what recovery does. Only the path is make-believe;
 * both flows are the ones that {@code ./rist run} runs.
 */
package io.ristflow.service.demo;

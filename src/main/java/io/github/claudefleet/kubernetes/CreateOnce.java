package io.github.claudefleet.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;

/**
 * Creation of an object, which happens once even if the response is lost. The client then sends it again by itself, and
 * the API server answers that the name exists. The object's mark tells whether this creation has made it.
 *
 * @param objects objects of that kind in the namespace
 * @param errors translation of failures
 */
record CreateOnce<T extends HasMetadata>(NonNamespaceOperation<T, ?, ? extends Resource<T>> objects, ApiErrors errors) {

    /**
     * Creates an object and returns it as the API server has it.
     *
     * @param call operation and target, for the messages
     * @param creation mark of this creation, which the object has
     */
    T create(String call, T object, String creation) {
        return errors.call(call, () -> {
            try {
                return objects.resource(object).create();
            } catch (KubernetesClientException e) {
                return made(object, creation, e);
            }
        });
    }

    private T made(T object, String creation, KubernetesClientException failure) {
        if (!isUncertain(failure.getCode())) {
            throw failure;
        }
        T found = find(object, failure);
        if (found == null || !ObjectLabels.isOf(creation, found)) {
            throw failure;
        }
        return found;
    }

    private T find(T object, KubernetesClientException failure) {
        try {
            return objects.withName(object.getMetadata().getName()).get();
        } catch (KubernetesClientException e) {
            failure.addSuppressed(e);
            throw failure;
        }
    }

    /** Returns true if the object may exist: it has that name, there was no answer, or the API server failed. */
    private static boolean isUncertain(int status) {
        return status == HttpURLConnection.HTTP_CONFLICT || status <= 0 || status >= 500;
    }
}

package dev.pintle.web.supervisord;

import dev.pintle.layout.ServiceDefinition;

/** Services as a layout has them. */
public final class FakeLayout {
    private FakeLayout() {}

    /** The one service of a name with a service.conf. */
    public static ServiceDefinition definition(String name, String conf) {
        FakeBackend backend = new FakeBackend();
        backend.confs.put(name, conf);
        return backend.definitions().get(0);
    }
}

package dev.pintle.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pintle.init.sys.ToolSys;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The description of the API is one, and has all of it; so has its page. */
class OpenApiTest {
    private static Routes routes() {
        Routes routes = new Routes();
        ToolSys none = (ToolSys) Proxy.newProxyInstance(
                OpenApiTest.class.getClassLoader(), new Class<?>[] {ToolSys.class}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
        new Api(none).addTo(routes);
        return routes;
    }

    private static String text() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        OpenApi.of(routes()).all().forEach(bytes::writeBytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void itIsValidAndHasEveryAddress() {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        SwaggerParseResult result = new OpenAPIV3Parser().readContents(text(), List.of(), options);
        assertEquals(List.of(), result.getMessages());
        OpenAPI api = result.getOpenAPI();
        assertNotNull(api);
        Set<String> described = new TreeSet<>();
        Set<String> ids = new TreeSet<>();
        api.getPaths()
                .forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
                    described.add(method + " " + path);
                    assertTrue(ids.add(operation.getOperationId()), operation.getOperationId() + " is there once");
                    assertTrue(method != PathItem.HttpMethod.POST || operation.getRequestBody() != null, path);
                }));
        assertEquals(served(), described);
    }

    private static Set<String> served() {
        Set<String> served = new TreeSet<>();
        for (Routes.Route route : routes().all()) {
            served.add(route.method() + " " + route.path());
        }
        return served;
    }

    @Test
    void thePageHasEveryAddress() throws IOException {
        Set<String> told = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("../docs/http-api.md"))) {
            if (line.startsWith("| `GET /api") || line.startsWith("| `POST /api")) {
                told.add(line.substring(3, line.indexOf('`', 3)));
            }
        }
        assertEquals(served(), told);
    }
}

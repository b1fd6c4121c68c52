package io.github.claudefleet.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudefleet.engine.BuildRequest;
import io.github.claudefleet.engine.EngineException;
import io.github.claudefleet.engine.EngineImages;
import io.github.claudefleet.engine.ImageObservation;
import io.github.claudefleet.engine.ProgressSink;
import io.github.claudefleet.spec.CaBundle;
import io.github.claudefleet.spec.ImageSpec;
import io.github.claudefleet.spec.ImageSpec.BuildOptions;
import io.github.claudefleet.spec.PullPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageBuilderTest {

    private final List<BuildRequest> requests = new ArrayList<>();
    private final Map<String, String> context = new TreeMap<>();
    private boolean failing;

    @Test
    void theBundledImageIsBuiltFromWhatThePluginBrings() {
        build(new ImageSpec.Bundled("node:24", "2.0.1", PullPolicy.MISSING, options(null, "host")));

        BuildRequest request = requests.get(0);
        assertThat(request.tag()).isEqualTo("an/image:1");
        assertThat(request.arguments()).containsEntry("BASE", "node:24").containsEntry("CLAUDE_VERSION", "2.0.1");
        assertThat(request.network()).contains("host");
        assertThat(request.pullBase()).isFalse();
        assertThat(context)
                .containsKeys(request.dockerfile(), "image/install.sh")
                .doesNotContainKey("ca-bundle.pem");
        assertThat(context.get(request.dockerfile())).contains("ARG BASE").contains("ARG CLAUDE_VERSION");
    }

    @Test
    void aJdkAndMavenComeFromAnotherImage() {
        BuildOptions options = new BuildOptions(Optional.empty(), Optional.empty(), Optional.of("maven:3.9"));

        build(new ImageSpec.Bundled("node:24", "2.0.1", PullPolicy.MISSING, options));

        assertThat(requests.get(0).arguments()).containsEntry("JAVA", "maven:3.9");
        assertThat(context.get(requests.get(0).dockerfile()))
                .containsSubsequence("FROM ${BASE} AS agent", "FROM ${JAVA} AS java", "FROM agent");
    }

    @Test
    void whatTheDockerfileCopiesIsInTheContext() {
        build(new ImageSpec.Bundled("node:24", "2.0.1", PullPolicy.MISSING, options("a bundle", null)));

        List<String> copied = context.get(requests.get(0).dockerfile())
                .lines()
                .filter(line -> line.startsWith("COPY "))
                .flatMap(line -> Arrays.stream(line.split(" ")).skip(1))
                .filter(word -> !word.startsWith("/"))
                .map(word -> word.replaceAll("[\\[\\]]", ""))
                .toList();
        assertThat(copied).isNotEmpty().isSubsetOf(context.keySet());
    }

    @Test
    void theGatewaysImageIsBuiltFromAllFilesOfItsFolder() throws Exception {
        ImageSpec.Gateway spec = new ImageSpec.Gateway("node:24", PullPolicy.ALWAYS, options("a bundle", "host"));
        new ImageBuilder(images()).build("gateway:1", spec, line -> {});

        BuildRequest request = requests.get(0);
        assertThat(request.tag()).isEqualTo("gateway:1");
        assertThat(request.arguments()).containsExactly(Map.entry("BASE", "node:24"));
        assertThat(request.network()).contains("host");
        assertThat(request.pullBase()).isTrue();
        assertThat(request.context()).doesNotExist();
        Path folder = Path.of(getClass()
                .getResource("/io/github/claudefleet/gateway/Dockerfile")
                .toURI());
        try (Stream<Path> files = Files.list(folder.getParent())) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".class"))
                    .toList();
            assertThat(context.keySet())
                    .containsAll(names)
                    .contains("ca-bundle.pem")
                    .hasSize(names.size() + 1);
        }
    }

    @Test
    void certificatesToTrustAreInTheContext() {
        build(new ImageSpec.Bundled("node:24", "2.0.1", PullPolicy.MISSING, options("a bundle", null)));

        assertThat(context).containsEntry("ca-bundle.pem", "a bundle");
    }

    @Test
    void aNewerBaseIsAskedForWhereThePolicySaysSo() {
        build(new ImageSpec.Bundled("node:24", "2.0.1", PullPolicy.ALWAYS, options(null, null)));

        assertThat(requests).extracting(BuildRequest::pullBase).containsExactly(true);
    }

    @Test
    void theContextIsGoneOnceItIsBuilt() {
        build(new ImageSpec.Bundled("node:24", "2.0.1", PullPolicy.MISSING, options(null, null)));

        assertThat(requests.get(0).context()).doesNotExist();
    }

    @Test
    void theContextIsGoneWhenTheBuildFailsToo() {
        failing = true;

        assertThatThrownBy(() ->
                        build(new ImageSpec.Bundled("node:24", "2.0.1", PullPolicy.MISSING, options("pem", null))))
                .isInstanceOf(EngineException.class);
        assertThat(requests.get(0).context()).doesNotExist();
    }

    @Test
    void aProjectsOwnDockerfileIsBuiltInItsOwnFolderWhichStays(@TempDir Path folder) throws IOException {
        Path dockerfile = Files.writeString(folder.resolve("Agent.Dockerfile"), "FROM node:24");

        build(new ImageSpec.FromDockerfile(dockerfile, "2.0.1", PullPolicy.MISSING, options("a bundle", null)));

        BuildRequest request = requests.get(0);
        assertThat(request.context()).isEqualTo(folder);
        assertThat(request.dockerfile()).isEqualTo("Agent.Dockerfile");
        assertThat(request.arguments()).containsExactly(Map.entry("CLAUDE_VERSION", "2.0.1"));
        assertThat(context).containsOnlyKeys("Agent.Dockerfile");
        assertThat(dockerfile).exists();
    }

    @Test
    void anImageThatExistsIsNotBuilt() {
        assertThatThrownBy(() -> build(new ImageSpec.Named("acme/agent:1", PullPolicy.MISSING)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(requests).isEmpty();
    }

    private void build(ImageSpec spec) {
        new ImageBuilder(images()).build("an/image:1", spec, line -> {});
    }

    private static BuildOptions options(String pem, String network) {
        return new BuildOptions(Optional.ofNullable(pem).map(CaBundle::new), Optional.ofNullable(network));
    }

    /** Images that can only be built. The context is inspected while it exists. */
    private EngineImages images() {
        return new EngineImages() {
            @Override
            public Optional<ImageObservation> find(String reference) {
                throw new AssertionError("find " + reference);
            }

            @Override
            public void pull(String reference, ProgressSink progress) {
                throw new AssertionError("pull " + reference);
            }

            @Override
            public void build(BuildRequest request, ProgressSink progress) {
                take(request);
            }
        };
    }

    private void take(BuildRequest request) {
        requests.add(request);
        try (Stream<Path> files = Files.walk(request.context())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                context.put(request.context().relativize(file).toString(), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (failing) {
            throw new EngineException(EngineException.Kind.FAILED, "build image", "the test says so", "", null);
        }
    }
}

package dev.landfall.testkit.saboteur;

import dev.landfall.testkit.golden.GoldenDestination;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Golden as a plugin folder: its own jar and the libraries it needs; any part can be left out. */
public final class Jars {

  private static final String SERVICE = "META-INF/services/dev.landfall.connector.Destination";
  private static final List<String> LIBRARIES = List.of("httpclient5", "httpcore5", "jackson-");
  private static final String PACKAGE = "dev/landfall/testkit/golden/";

  private final Path folder;
  private @Nullable String api = "1";
  private @Nullable String providers = GoldenDestination.class.getName();
  private Predicate<String> leftOut = name -> false;
  private final Map<String, String> sources = new LinkedHashMap<>();

  private Jars(Path folder) {
    this.folder = folder;
  }

  /** Golden's jars, to be written into a folder. */
  public static Jars in(Path folder) {
    return new Jars(folder);
  }

  /** The attribute Landfall-Api, or none. */
  Jars api(@Nullable String value) {
    api = value;
    return this;
  }

  /** The lines of the service file, or no such file. */
  Jars providers(@Nullable String value) {
    providers = value;
    return this;
  }

  /** Leaves out classes and libraries by the beginnings of their names. */
  Jars without(String beginning) {
    leftOut = leftOut.or(name -> name.startsWith(beginning));
    return this;
  }

  /** A class that extends golden, of the package {@code broken}; it becomes the one provider. */
  Jars provider(String name, String body, String modifiers) {
    sources.put(
        name,
        "package broken; "
            + modifiers
            + " class "
            + name
            + " extends dev.landfall.testkit.golden.GoldenDestination {"
            + body
            + "}");
    return providers("broken." + name);
  }

  /** Writes the folder. */
  public Path write() throws IOException {
    Files.createDirectories(folder);
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path library = Path.of(entry);
      String name = library.getFileName().toString();
      if (name.endsWith(".jar")
          && LIBRARIES.stream().anyMatch(name::startsWith)
          && !leftOut.test(name)) {
        Files.copy(library, folder.resolve(name));
      }
    }
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (api != null) {
      manifest.getMainAttributes().putValue("Landfall-Api", api);
    }
    try (OutputStream file = Files.newOutputStream(folder.resolve("golden.jar"));
        JarOutputStream jar = new JarOutputStream(file, manifest)) {
      if (providers != null) {
        put(jar, SERVICE, providers.getBytes(StandardCharsets.UTF_8));
      }
      for (Map.Entry<String, byte[]> type : classes().entrySet()) {
        put(jar, type.getKey(), type.getValue());
      }
    }
    return folder;
  }

  private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
    jar.putNextEntry(new JarEntry(name));
    jar.write(content);
    jar.closeEntry();
  }

  private Map<String, byte[]> classes() throws IOException {
    Map<String, byte[]> classes = new LinkedHashMap<>();
    collect(classes, compiledTests(), compiledTests().resolve(PACKAGE));
    if (!sources.isEmpty()) {
      Path made = Files.createTempDirectory("broken");
      collect(classes, made, compile(made));
    }
    return classes;
  }

  private void collect(Map<String, byte[]> classes, Path root, Path from) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        if (!leftOut.test(file.getFileName().toString())) {
          String name = root.relativize(file).toString().replace(File.separatorChar, '/');
          classes.put(name, Files.readAllBytes(file));
        }
      }
    }
  }

  private Path compile(Path folder) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-nowarn", "-proc:none", "-cp"));
    arguments.add(System.getProperty("java.class.path"));
    arguments.addAll(List.of("-d", folder.toString()));
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = folder.resolve(source.getKey() + ".java");
      arguments.add(Files.writeString(file, source.getValue()).toString());
    }
    int result =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(System.out, System.err, arguments.toArray(String[]::new));
    if (result != 0) {
      throw new IllegalStateException("A provider does not compile");
    }
    return folder;
  }

  private static Path compiledTests() {
    try {
      return Path.of(
          GoldenDestination.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}

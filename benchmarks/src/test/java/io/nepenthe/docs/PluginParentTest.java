package io.nepenthe.docs;

import static io.nepenthe.docs.SourceTree.ROOT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * A plugin built outside the repository is built as one inside: the parent that it has there states
 * what it cannot inherit, and says the same.
 */
class PluginParentTest {
  private static final String MANAGED = "/project/build/pluginManagement/plugins/plugin";
  private static final String JAR = "//plugin[artifactId='maven-jar-plugin']//manifestEntries/*";

  private static Document pom(String path) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(ROOT.resolve(path).toFile());
  }

  private static List<Element> found(Document pom, String xpath) throws Exception {
    NodeList nodes =
        (NodeList)
            XPathFactory.newInstance().newXPath().evaluate(xpath, pom, XPathConstants.NODESET);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static String text(Element parent, String child) {
    Node found = parent.getElementsByTagName(child).item(0);
    return found == null ? "" : found.getTextContent();
  }

  private static Map<String, String> texts(Document pom, String xpath) throws Exception {
    Map<String, String> texts = new TreeMap<>();
    found(pom, xpath).forEach(each -> texts.put(each.getTagName(), each.getTextContent()));
    return texts;
  }

  private static Map<String, String> versions(Document pom) throws Exception {
    Map<String, String> versions = new TreeMap<>();
    for (Element plugin : found(pom, MANAGED)) {
      versions.put(text(plugin, "artifactId"), text(plugin, "version"));
    }
    return versions;
  }

  private static List<String> dependencies(Document pom) throws Exception {
    return found(pom, "/project/dependencies/dependency").stream()
        .map(each -> text(each, "artifactId") + " " + text(each, "scope"))
        .toList();
  }

  @Test
  void aPluginIsBuiltOutsideTheRepositoryAsInside() throws Exception {
    Document root = pom("pom.xml");
    Document inside = pom("plugins/pom.xml");
    Document outside = pom("framework/plugin-parent/pom.xml");

    Map<String, String> properties = texts(outside, "/project/properties/*");
    Map<String, String> known = texts(root, "/project/properties/*");
    String version = texts(root, "/project/version").get("version");
    assertEquals(version, texts(outside, "/project/version").get("version"));
    assertEquals(version, properties.remove("nepenthe.version"));
    properties.forEach((name, value) -> assertEquals(known.get(name), value, name));

    Map<String, String> plugins = versions(root);
    assertTrue(plugins.entrySet().containsAll(versions(outside).entrySet()), plugins.toString());

    Map<String, String> manifest = texts(inside, JAR);
    manifest.put("Plugin-Provider", "${plugin.provider}");
    manifest.put("Plugin-License", "${plugin.license}");
    assertEquals(manifest, texts(outside, JAR));
    assertEquals(dependencies(inside), dependencies(outside));
  }
}

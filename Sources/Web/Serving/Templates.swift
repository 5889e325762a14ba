import Foundation
import Kit

/// All templates of the program, read at start: an unreadable or unknown one is found before a person finds it.
public struct Templates: Sendable {
  private let templates: [String: Template]
  public let names: Set<String>

  /// - Parameter folders: each with the prefix of its names: `asks/show` is `show.mustache` in the folder of `asks`.
  public init(_ folders: [(prefix: String, folder: URL)]) throws {
    var templates: [String: Template] = [:]
    for (prefix, folder) in folders {
      for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      where file.pathExtension == "mustache" {
        let name = (prefix.isEmpty ? "" : prefix + "/") + file.deletingPathExtension().lastPathComponent
        do {
          templates[name] = try TemplateReader.read(try String(contentsOf: file, encoding: .utf8))
        } catch {
          throw Fault(description: "The template \(file.path) cannot be read: \(error)")
        }
      }
    }
    for (name, template) in templates {
      let unknown = template.named.subtracting(templates.keys)
      if !unknown.isEmpty { throw Fault(description: "The template \(name) names \(listed(unknown.sorted())), which there is not.") }
    }
    self.templates = templates
    names = Set(templates.keys)
  }

  public struct Fault: Error, CustomStringConvertible { public let description: String }

  /// A template over a typed value, without a frame: for mails.
  public func text(_ name: String, _ value: some Output) throws -> String {
    String(decoding: try render(name, try ValueEncoder.encode(value)), as: UTF8.self)
  }

  func render(_ name: String, _ value: Value) throws -> [UInt8] {
    guard let template = templates[name] else { throw Fault(description: "There is no template \(name).") }
    var rendering = TemplateRendering(value, templates: templates)
    rendering.print(template)
    return rendering.bytes
  }
}

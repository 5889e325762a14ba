import Foundation
import Kit
import Mustache

/// All templates of the program, read at start: an unreadable or unknown one is found before a person finds it.
public struct Templates: Sendable {
  private let library: MustacheLibrary
  public let names: Set<String>

  /// - Parameter folders: each with the prefix of its names: `asks/show` is `show.mustache` in the folder of `asks`.
  public init(_ folders: [(prefix: String, folder: URL)]) throws {
    var templates: [String: MustacheTemplate] = [:]
    for (prefix, folder) in folders {
      for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      where file.pathExtension == "mustache" {
        let name = (prefix.isEmpty ? "" : prefix + "/") + file.deletingPathExtension().lastPathComponent
        do {
          templates[name] = try MustacheTemplate(string: try String(contentsOf: file, encoding: .utf8))
        } catch {
          throw Fault(description: "The template \(file.path) cannot be read: \(error)")
        }
      }
    }
    library = MustacheLibrary(templates: templates)
    names = Set(templates.keys)
  }

  public struct Fault: Error, CustomStringConvertible { public let description: String }

  /// A template over a typed value, without a frame: for mails.
  public func text(_ name: String, _ value: some Output) throws -> String { try render(name, try ValueEncoder.encode(value)) }

  func render(_ name: String, _ value: Value) throws -> String {
    guard let text = library.render(value, withTemplate: name) else { throw Fault(description: "There is no template \(name).") }
    return text
  }
}

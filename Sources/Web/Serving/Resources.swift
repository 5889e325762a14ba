import Foundation
import Kit

/// Where the program finds its pages, assets and lessons: in `share/tandem` beside the binary, else in the package's bundle.
public enum Resources {
  /// - Parameters:
  ///   - name: a folder such as `Assets`.
  ///   - bundle: the bundle of the target that owns it; it bakes the path of the build, so it is looked at last.
  public static func folder(_ name: String, bundle: @autoclosure () -> Bundle?) throws -> URL {
    let binary = URL(fileURLWithPath: CommandLine.arguments.first ?? "").resolvingSymlinksInPath().deletingLastPathComponent()
    for candidate in [binary.appending(path: "share/tandem/\(name)"), binary.appending(path: "../share/tandem/\(name)")]
    where FileManager.default.fileExists(atPath: candidate.path) {
      return candidate
    }
    if let bundle = bundle() {
      let candidate = bundle.bundleURL.appending(path: name)
      if FileManager.default.fileExists(atPath: candidate.path) { return candidate }
    }
    throw Missing(name: name)
  }

  public struct Missing: Error, CustomStringConvertible {
    let name: String
    public var description: String { "The folder \(name) of Tandem is missing: keep share/tandem beside the binary." }
  }

  public static func pages() throws -> URL { try folder("Pages", bundle: Bundle.module) }
  public static func assets() throws -> URL { try folder("Assets", bundle: Bundle.module) }
}

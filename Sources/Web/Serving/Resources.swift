import Foundation
import Kit

/// Where the program finds its pages, assets and lessons: in `share/tandem` beside or above the binary, or where the build put them.
public enum Resources {
  /// - Parameters:
  ///   - name: a folder such as `Assets`.
  ///   - target: the target that owns it; the build puts its folders beside the binary.
  public static func folder(_ name: String, of target: String) throws -> URL {
    for place in ["share/tandem", "../share/tandem", "tandem_\(target).resources"] {
      let folder = binary.deletingLastPathComponent().appending(path: "\(place)/\(name)")
      if FileManager.default.fileExists(atPath: folder.path) { return folder.standardizedFileURL }
    }
    throw Missing(name: name, binary: binary.path)
  }

  /// The file that runs, by whatever name it was called.
  private static let binary = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()

  public struct Missing: Error, CustomStringConvertible {
    let name: String
    let binary: String

    public var description: String {
      "The folder \(name) of Tandem is missing: keep share/tandem beside or above \(binary), as make install does."
    }
  }

  public static func pages() throws -> URL { try folder("Pages", of: "Web") }
  public static func assets() throws -> URL { try folder("Assets", of: "Web") }
}

import Foundation

/// One text file of the project, by its path from the project's folder.
struct SourceFile: Sendable {
  let path: String
  let text: String

  /// The name of the target: the folder below `Sources` or `Tests`.
  var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }
  var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
  /// The text without comments and without what stands between quotes; lines stay where they are.
  var code: SourceFile { SourceFile(path: path, text: SwiftText.code(of: text)) }
}

/// The project as a set of files. Rules are functions over it, so that a test can hand them a tree that breaks them.
struct SourceTree: Sendable {
  let files: [SourceFile]

  init(_ files: [SourceFile]) { self.files = files }

  /// A tree of one file, to show what a rule refuses.
  init(_ path: String, _ text: String) { files = [SourceFile(path: path, text: text)] }

  init(files: [String: String]) { self.files = files.sorted { $0.key < $1.key }.map { SourceFile(path: $0.key, text: $0.value) } }

  func under(_ folder: String, ending: String = "") -> [SourceFile] {
    files.filter { $0.path.hasPrefix(folder + "/") && $0.path.hasSuffix(ending) }
  }

  func file(_ path: String) -> SourceFile? { files.first { $0.path == path } }

  /// The project that this file belongs to.
  static let project: SourceTree = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    return SourceTree(read(root))
  }()

  private static let skipped: Set<String> = [".build", ".git", "demo", "data"]
  private static let read: @Sendable (URL) -> [SourceFile] = { root in
    var found: [SourceFile] = []
    for entry in (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? [] where !skipped.contains(entry) {
      collect(root.appending(path: entry), entry, &found)
    }
    return found.sorted { $0.path < $1.path }
  }

  private static func collect(_ url: URL, _ path: String, _ found: inout [SourceFile]) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else { return }
    if isFolder.boolValue {
      for entry in (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? [] {
        collect(url.appending(path: entry), path + "/" + entry, &found)
      }
    } else if let text = try? String(contentsOf: url, encoding: .utf8) {
      found.append(SourceFile(path: path, text: text))
    }
  }
}

/// Lines of a file that a pattern matches, as `path:line: what stands there`.
func matches(_ file: SourceFile, _ pattern: some RegexComponent, except: (Substring) -> Bool = { _ in false }) -> [String] {
  file.lines.enumerated().compactMap { number, line in
    guard line.contains(pattern), !except(line) else { return nil }
    return "\(file.path):\(number + 1): \(line.prefix(140).trimmingCharacters(in: .whitespaces))"
  }
}

import Interchange
import Kit
import Web

/// Files of lessons and questions as they come: one file, or many in a zip archive or a folder.
public struct LessonPack: Sendable {
  public struct File: Sendable {
    public let name: String
    public let content: [UInt8]

    public init(name: String, content: [UInt8]) {
      self.name = name
      self.content = content
    }

    var isLesson: Bool { name.lowercased().hasSuffix(".md") }
    var isQuestions: Bool { [".gift", ".gift.txt", ".txt"].contains { name.lowercased().hasSuffix($0) } }
  }

  /// Lessons (`.md`) and questions (`.gift`, `.txt`), by name.
  public let files: [File]
  /// Files that are neither.
  public let passedOver: [String]

  static let limits = ZipLimits(entries: 2_000, fileBytes: 10_000_000, totalBytes: 50_000_000)

  public init(_ files: [File]) {
    let sorted = files.sorted { $0.name < $1.name }
    self.files = sorted.filter { $0.isLesson || $0.isQuestions }
    passedOver = sorted.filter { !$0.isLesson && !$0.isQuestions }.map(\.name)
  }

  /// - Throws: `Problem` when the archive is refused.
  public init(name: String, content: [UInt8]) throws {
    guard content.starts(with: [0x50, 0x4B]) else {
      self.init([File(name: name, content: content)])
      return
    }
    do throws(ZipRefusal) {
      let zip = try ZipReader(content, limits: Self.limits)
      var files: [File] = []
      for entry in zip.entries where !entry.isFolder { files.append(File(name: entry.name, content: try zip.contents(entry))) }
      self.init(files)
    } catch {
      throw Problem.invalid("file", error.description)
    }
  }
}

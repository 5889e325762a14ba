import Interchange
import Kit
import Store
import Web

/// The lessons of an organisation as files that an import takes.
public enum ExportLessons {
  /// One Markdown file for each lesson that is not withdrawn.
  public static func files(org: ID<Organisation>, _ tx: Transaction) throws -> [LessonPack.File] {
    try tx.rows("SELECT slug, source FROM lesson WHERE org_id = \(org) AND state <> 'withdrawn' ORDER BY slug").map {
      LessonPack.File(name: "\(try $0("slug", as: String.self)).md", content: Array(try $0("source", as: String.self).utf8))
    }
  }

  /// All questions of lessons in GIFT; each lesson is a category.
  public static func questions(in files: [LessonPack.File]) -> (text: String, count: Int) {
    var questions: [GIFT.Question] = []
    for file in files {
      guard let document = LessonDocument.read(file.content).document else { continue }
      for part in document.parts {
        guard case .quiz(let own) = part else { continue }
        questions += own.map { question in
          var named = question
          named.category = document.id
          return named
        }
      }
    }
    return (GIFT.write(questions), questions.count)
  }
}

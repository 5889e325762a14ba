import Kit
import Store
import Web

/// The library, the player and the writing of lessons.
extension Feature {
  static let lessons = Feature(
    "Lessons",
    endpoints: [
      .page("/lessons", ShowLibrary.self, "lessons/library", "Look for lessons"),
      .page("/lessons/new", NewLesson.self, "lessons/write", "Show the form for a new lesson"),
      .act(.post, "/lessons", WriteLesson.self, "Write a lesson", form: "/lessons/new", creates: true) {
        Destination("/lessons/\($0.id)", say: "Saved as a draft. It takes about \($0.minutes) min.")
      },
      .page("/lessons/import", ShowLessonImport.self, allow: .editor, "lessons/import", "Show the form that takes in lessons"),
      TakeLessons.endpoint,
      .page("/lessons/:lesson", ShowLesson.self, "lessons/show", "Show a lesson or one of its parts"),
      .page("/lessons/:lesson/edit", EditLesson.self, "lessons/write", "Show the form that changes a lesson"),
      .act(.post, "/lessons/:lesson", RewriteLesson.self, "Change a lesson", form: "/lessons/:lesson/edit") {
        Destination("/lessons/\($0.id)", say: "Saved. It takes about \($0.minutes) min.")
      },
      .act(.post, "/lessons/:lesson/publish", PublishLesson.self, "Publish or withdraw a lesson", form: "/lessons/:lesson/edit") {
        Destination(
          "/lessons/\($0.id)", say: $0.state == .published ? "Published." : "Withdrawn. What people learned from it stays theirs.")
      },
      .act(.post, "/lessons/:lesson/parts", MoveOn.self, "Go to a part of a lesson") {
        Destination("/lessons/\($0.lesson)?part=\($0.part)")
      },
      .act(.post, "/lessons/:lesson/answers", AnswerQuestion.self, "Answer a question of a lesson", form: "/lessons/:lesson") {
        Destination("/lessons/\($0.lesson)?part=\($0.part)")
      },
      .act(.post, "/lessons/:lesson/finish", FinishLesson.self, "Finish a lesson") { Destination("/lessons/\($0.lesson)/done") },
      .page("/lessons/:lesson/done", ShowFinished.self, "lessons/done", "Show what a finished lesson gave"),
      .custom(.get, "/lessons/:lesson/file", allow: .member, "Download a lesson as Markdown", input: LessonFile.self) { call, input in
        let (name, text) = try await call.reading { tx in try input(tx, try call.admit(tx)) }
        return .bytes(Array(text.utf8), "text/markdown; charset=utf-8", fileName: "\(name).md")
      }.with { $0.contentType = "text/markdown" },
      .page("/lessons/:lesson/assign", ShowAssign.self, "lessons/assign", "Show the form that assigns a lesson"),
      .act(
        .post, "/lessons/:lesson/assignments", AssignLesson.self, "Assign a lesson", form: "/lessons/:lesson/assign", creates: true
      ) {
        Destination(
          "/lessons/\($0.lesson)", say: $0.said, undo: $0.wasThere ? nil : Destination.undo("/learn/assignments/\($0.id)/withdraw"))
      },
    ],
    migrations: LessonTables.migrations,
    checks: LessonChecks.all,
    personalData: LessonTables.personalData
  )
}

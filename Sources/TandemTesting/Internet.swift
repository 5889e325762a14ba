import Outside
import Synchronization

/// The rest of the world: what was asked of it, and what it answers.
public final class Internet: Sendable {
  private let state = Mutex<(asked: [FetchRequest], answers: [String: Result<FetchAnswer, FetchError>])>(([], [:]))

  public var asked: [FetchRequest] { state.withLock { $0.asked } }

  /// What an address answers from now on; others answer 404.
  public func answer(_ url: String, _ result: Result<FetchAnswer, FetchError>) { state.withLock { $0.answers[url] = result } }

  public func answer(_ url: String, _ text: String, headers: [String: String] = [:]) {
    answer(url, .success(FetchAnswer(status: 200, headers: headers, body: Array(text.utf8))))
  }

  var fetcher: Fetcher {
    Fetcher { request throws(FetchError) in
      let result = self.state.withLock { state in
        state.asked.append(request)
        return state.answers[request.url]
      }
      guard let result else { return FetchAnswer(status: 404) }
      return try result.get()
    }
  }
}

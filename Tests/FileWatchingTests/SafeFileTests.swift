import Glibc
import Testing

@testable import FileWatching

@Suite struct SafeFileTests {
  private func reason(_ folder: TemporaryFolder, _ path: BytePath, limit: Int = 100) -> FileSystemError.Reason? {
    do {
      _ = try SafeFile.read(root: folder.root("root"), path: path, limit: limit)
      return nil
    } catch {
      return error.reason
    }
  }

  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    folder.makeDirectory("root/a")
    folder.write("root/a/note.md", "twelve bytes")
    folder.write("secret", "not yours")
    return folder
  }

  @Test func aRegularFileIsRead() throws {
    let folder = try folder()
    let contents = try SafeFile.read(root: folder.root("root"), path: "a/note.md", limit: 12)
    #expect(contents.bytes == Array("twelve bytes".utf8))
    #expect(contents.status.size == 12)
    #expect(try SafeFile.status(root: folder.root("root"), path: "a/note.md") == contents.status)
  }

  @Test func nothingOutsideOfTheRootIsRead() throws {
    let folder = try folder()
    folder.link("../secret", "root/link.md")
    folder.link("..", "root/up")
    folder.link("a", "root/inner")
    folder.link(folder.at("secret"), "root/absolute.md")
    for path in ["link.md", "up/secret", "inner/note.md", "absolute.md", "../secret", "/etc/passwd"] as [BytePath] {
      #expect(reason(folder, path) == .leavesRoot, "\(path)")
    }
  }

  @Test func withoutOpenat2NothingOutsideOfTheRootIsReadEither() throws {
    let folder = try folder()
    folder.link("../secret", "root/link.md")
    folder.link("a", "root/inner")
    let root = open(folder.at("root"), O_RDONLY | O_DIRECTORY)
    defer { close(root) }
    func outcome(_ path: BytePath) -> Int32 {
      switch Beneath.openByComponents(root, path, O_RDONLY) {
      case .success(let file):
        close(file)
        return 0
      case .failure(let error): return error.code
      }
    }
    #expect(outcome("a/note.md") == 0)
    #expect(outcome("link.md") == ELOOP)
    #expect([ELOOP, ENOTDIR].contains(outcome("inner/note.md")))
    #expect(outcome("../secret") == EXDEV)
    #expect(outcome("/etc/passwd") == EXDEV)
  }

  @Test func whatIsNotARegularFileIsRefusedWithoutBlocking() throws {
    let folder = try folder()
    #expect(mkfifo(folder.at("root/pipe.md"), 0o644) == 0)
    #expect(reason(folder, "pipe.md") == .notRegularFile)
    #expect(reason(folder, "a") == .notRegularFile)
  }

  @Test func aLargeFileIsRefusedBeforeItIsRead() throws {
    let folder = try folder()
    #expect(reason(folder, "a/note.md", limit: 11) == .tooLarge(size: 12, limit: 11))
  }

  @Test func whatIsMissingIsSaidToBe() throws {
    let folder = try folder()
    #expect(reason(folder, "b.md") == .system(ENOENT))
    #expect(throws: FileSystemError(.openDirectory, folder.root("nowhere"), .system(ENOENT))) {
      try SafeFile.read(root: folder.root("nowhere"), path: "a.md", limit: 1)
    }
  }

  @Test func errorsNameThePathAndWhatToDo() {
    let error = FileSystemError(.open, "/srv/notes/a\n.md", .system(EACCES))
    #expect(
      error.description
        == "cannot open the file ‘/srv/notes/a\\x0a.md’: permission denied; check its owner and mode, and those of the directories above it"
    )
    #expect(FileSystemError(.watch, ".", .system(ENOSPC)).description.contains("fs.inotify.max_user_watches"))
    #expect(!FileSystemError(.watch, ".", .system(ENOSPC)).description.contains("space"))
  }

  @Test func aWalkThatCannotBeginThrowsAndDoesNotLookEmpty() throws {
    let folder = try folder()
    #expect(throws: FileSystemError.self) { try DirectoryWalker(root: folder.root("nowhere")).walk { _ in true } }
  }

  @Test func aWalkTellsEveryFileOnceAndFollowsNoLink() throws {
    let folder = try folder()
    folder.link("..", "root/up")
    folder.makeDirectory("root/.git")
    folder.write("root/.git/index")
    var paths: [BytePath] = []
    try DirectoryWalker(root: folder.root("root")).walk {
      if case .file(let file) = $0 { paths.append(file.path) }
      return true
    }
    #expect(Set(paths) == ["a/note.md", "up"])
    #expect(paths.count == 2)
  }
}

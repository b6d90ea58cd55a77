#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "encoding/bytes.h"
#include "random/random.h"
#include "result/result.h"

namespace everseal::lambda::code {

// A folder with the files of one function, removed when the last who uses it lets go.
using CodeFolder = std::shared_ptr<const std::filesystem::path>;

// Where the code of functions lies while somebody runs it. Thread-safe.
class CodeFolders {
 public:
  // In this folder, which is made, and emptied: what a crash left is of no use.
  static Result<std::unique_ptr<CodeFolders>> create(std::filesystem::path root, Random& random);
  // Removes it. Nobody may use any code.
  ~CodeFolders();
  CodeFolders(const CodeFolders&) = delete;
  CodeFolders& operator=(const CodeFolders&) = delete;

  using Load = std::function<Result<Bytes>()>;
  // The unpacked code whose digest is `name`; `load` gives the zip file if it is not there now.
  // Errors of unpack() and of `load`.
  Result<CodeFolder> get(const std::string& name, const Load& load);

  const std::filesystem::path& root() const { return root_; }

 private:
  CodeFolders(std::filesystem::path root, Random& random)
      : root_(std::move(root)), random_(random) {}
  CodeFolder known(const std::string& name);

  const std::filesystem::path root_;
  Random& random_;
  std::mutex mutex_;
  std::map<std::string, std::weak_ptr<const std::filesystem::path>> known_;  // guarded by mutex_
};

}  // namespace everseal::lambda::code

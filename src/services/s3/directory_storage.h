#pragma once

#include <filesystem>
#include <memory>

#include "services/s3/storage.h"

namespace everseal::s3 {

// Files in a folder:
//   objects/4a/1f725ac543466c1cd14b170fa49e7c    published
//   objects/incoming/4a1f725ac543466c...         being written; swept away by `open`
// A file is written beside the published ones, flushed, renamed, and its folder is flushed.
class DirectoryStorage final : public Storage {
 public:
  // Makes the folder if it is not there. Unavailable: it cannot be made or read.
  static Result<std::unique_ptr<DirectoryStorage>> open(std::filesystem::path root);

  Result<std::unique_ptr<StoredWriter>> create(std::string_view name) override;
  Result<std::unique_ptr<StoredReader>> open(std::string_view name) override;
  Outcome remove(std::string_view name) override;
  Result<std::vector<std::string>> names(std::string_view two_digits) override;

 private:
  explicit DirectoryStorage(std::filesystem::path root) : root_(std::move(root)) {}
  std::filesystem::path path_of(std::string_view name) const;

  std::filesystem::path root_;
};

}  // namespace everseal::s3

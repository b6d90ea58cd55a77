#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "services/s3/storage.h"

namespace everseal::s3 {

// Files that end with the program: `serve --ephemeral`, and tests.
class MemoryStorage final : public Storage {
 public:
  // Octets in pieces of one size, but for the last.
  using Pieces = std::vector<Bytes>;

  Result<std::unique_ptr<StoredWriter>> create(std::string_view name) override;
  Result<std::unique_ptr<StoredReader>> open(std::string_view name) override;
  Outcome remove(std::string_view name) override;
  Result<std::vector<std::string>> names(std::string_view two_digits) override;

  // For tests: what a bad disk does.
  void damage(std::string_view name, std::size_t offset);
  std::size_t size() const;

 private:
  friend class MemoryWriter;
  void publish(const std::string& name, Pieces pieces);

  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const Pieces>, std::less<>> files_;  // guarded by mutex_
};

}  // namespace everseal::s3

#include "services/lambda/code/code_folders.h"

#include <utility>

#include "services/lambda/code/archive.h"

namespace everseal::lambda::code {
namespace {

namespace fs = std::filesystem;

void remove_folder(const fs::path* folder) {
  std::error_code ignored;
  fs::remove_all(*folder, ignored);
  delete folder;
}

}  // namespace

Result<std::unique_ptr<CodeFolders>> CodeFolders::create(fs::path root, Random& random) {
  std::error_code error;
  fs::remove_all(root, error);
  if (!error) fs::create_directories(root, error);
  if (!error) fs::permissions(root, fs::perms::owner_all, error);
  if (error) return Fault::unavailable(root.string() + ": " + error.message());
  return std::unique_ptr<CodeFolders>(new CodeFolders(std::move(root), random));
}

CodeFolders::~CodeFolders() {
  std::error_code ignored;
  fs::remove_all(root_, ignored);
}

CodeFolder CodeFolders::known(const std::string& name) {
  const std::lock_guard lock(mutex_);
  std::erase_if(known_, [](const auto& entry) { return entry.second.expired(); });
  const auto found = known_.find(name);
  return found == known_.end() ? nullptr : found->second.lock();
}

Result<CodeFolder> CodeFolders::get(const std::string& name, const Load& load) {
  if (auto folder = known(name)) return folder;
  const auto zip = load();
  if (!zip) return zip.error();
  // A name of its own each time: the last user of an older one may be about to remove that.
  CodeFolder folder(new fs::path(root_ / random_uuid(random_)), remove_folder);
  std::error_code error;
  fs::create_directory(*folder, error);
  if (error) return Fault::unavailable(folder->string() + ": " + error.message());
  if (const auto unpacked = unpack(*zip, *folder); !unpacked) return unpacked.error();
  const std::lock_guard lock(mutex_);
  known_.insert_or_assign(name, folder);
  return folder;
}

}  // namespace everseal::lambda::code

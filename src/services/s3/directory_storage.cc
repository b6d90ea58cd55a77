#include "services/s3/directory_storage.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace everseal::s3 {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view incoming_folder = "incoming";

Fault failed(std::string_view what, const fs::path& path, int error) {
  auto cause = std::string(what) + " " + path.string() + ": " + std::strerror(error);
  switch (error) {
    case ENOENT:
      return Fault::conflict(std::move(cause));
    case ENOSPC:
    case EDQUOT:
    case EMFILE:
    case ENFILE:
    case EROFS:
    case EACCES:
      return Fault::unavailable(std::move(cause));
    default:
      return Fault::broken(std::move(cause));
  }
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int number() const { return number_; }
  bool is_open() const { return number_ >= 0; }

 private:
  int number_;
};

Descriptor open_file(const fs::path& path, int flags) {
  return Descriptor(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR));
}

Outcome flush_folder(const fs::path& folder) {
  const auto descriptor = open_file(folder, O_RDONLY | O_DIRECTORY);
  if (!descriptor.is_open() || ::fsync(descriptor.number()) != 0) {
    return failed("flush", folder, errno);
  }
  return {};
}

// The folder, durably in its parent.
Outcome make_folder(const fs::path& folder) {
  if (::mkdir(folder.c_str(), S_IRWXU) == 0) return flush_folder(folder.parent_path());
  if (errno == EEXIST) return {};
  return failed("make", folder, errno);
}

class FileWriter final : public StoredWriter {
 public:
  FileWriter(Descriptor file, fs::path incoming, fs::path published)
      : file_(std::move(file)), incoming_(std::move(incoming)), published_(std::move(published)) {}
  ~FileWriter() override {
    if (!is_published_) ::unlink(incoming_.c_str());
  }

  Outcome append(ByteView octets) override {
    while (!octets.empty()) {
      const auto written = ::write(file_.number(), octets.data(), octets.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return failed("write", incoming_, errno);
      octets = octets.subspan(static_cast<std::size_t>(written));
    }
    return {};
  }

  Outcome publish() override {
    if (::fdatasync(file_.number()) != 0) return failed("flush", incoming_, errno);
    if (auto made = make_folder(published_.parent_path()); !made) return made;
    if (::rename(incoming_.c_str(), published_.c_str()) != 0) {
      return failed("rename", incoming_, errno);
    }
    is_published_ = true;
    return flush_folder(published_.parent_path());
  }

 private:
  Descriptor file_;
  fs::path incoming_;
  fs::path published_;
  bool is_published_ = false;
};

class FileReader final : public StoredReader {
 public:
  FileReader(Descriptor file, fs::path path) : file_(std::move(file)), path_(std::move(path)) {}

  Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> space) override {
    std::size_t taken = 0;
    while (taken < space.size()) {
      const auto read = ::pread(file_.number(), space.data() + taken, space.size() - taken,
                                static_cast<off_t>(offset + taken));
      if (read < 0 && errno == EINTR) continue;
      if (read < 0) return failed("read", path_, errno);
      if (read == 0) break;
      taken += static_cast<std::size_t>(read);
    }
    return taken;
  }

 private:
  Descriptor file_;
  fs::path path_;
};

// What was being written when the program ended.
Outcome sweep(const fs::path& folder) {
  std::error_code error;
  for (fs::directory_iterator file(folder, error), end; !error && file != end;
       file.increment(error)) {
    std::error_code ignored;
    fs::remove(file->path(), ignored);
  }
  if (error) return failed("read", folder, error.value());
  return {};
}

}  // namespace

Result<std::unique_ptr<DirectoryStorage>> DirectoryStorage::open(fs::path root) {
  const auto incoming = root / incoming_folder;
  for (const auto& folder : {root, incoming}) {
    if (auto made = make_folder(folder); !made) return Fault::unavailable(made.error().cause);
  }
  if (auto swept = sweep(incoming); !swept) return Fault::unavailable(swept.error().cause);
  return std::unique_ptr<DirectoryStorage>(new DirectoryStorage(std::move(root)));
}

fs::path DirectoryStorage::path_of(std::string_view name) const {
  return root_ / name.substr(0, 2) / name.substr(2);
}

Result<std::unique_ptr<StoredWriter>> DirectoryStorage::create(std::string_view name) {
  auto incoming = root_ / incoming_folder / name;
  auto file = open_file(incoming, O_WRONLY | O_CREAT | O_EXCL);
  if (!file.is_open()) {
    const auto fault = failed("make", incoming, errno);
    return fault.kind == Fault::Kind::Conflict ? Fault::unavailable(fault.cause) : fault;
  }
  return std::make_unique<FileWriter>(std::move(file), std::move(incoming), path_of(name));
}

Result<std::unique_ptr<StoredReader>> DirectoryStorage::open(std::string_view name) {
  auto path = path_of(name);
  auto file = open_file(path, O_RDONLY);
  if (!file.is_open()) return failed("open", path, errno);
  return std::make_unique<FileReader>(std::move(file), std::move(path));
}

Outcome DirectoryStorage::remove(std::string_view name) {
  const auto path = path_of(name);
  if (::unlink(path.c_str()) == 0 || errno == ENOENT) return {};
  return failed("remove", path, errno);
}

Result<std::vector<std::string>> DirectoryStorage::names(std::string_view two_digits) {
  const auto folder = root_ / two_digits;
  std::vector<std::string> found;
  std::error_code error;
  for (fs::directory_iterator file(folder, error), end; !error && file != end;
       file.increment(error)) {
    found.push_back(std::string(two_digits) + file->path().filename().string());
  }
  if (error && error.value() != ENOENT) return failed("read", folder, error.value());
  return found;
}

}  // namespace everseal::s3

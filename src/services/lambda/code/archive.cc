#include "services/lambda/code/archive.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <set>
#include <string>
#include <string_view>

namespace everseal::lambda::code {
namespace {

namespace fs = std::filesystem;

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Archive = std::unique_ptr<zip_t, Discard>;
using Entry = std::unique_ptr<zip_file_t, Discard>;

constexpr std::size_t longest_name = 1024;
constexpr unsigned unix_mode_shift = 16;

Fault refused(std::string_view name, std::string_view why) {
  return Fault::malformed("\"" + std::string(name) + "\" " + std::string(why));
}

Result<Archive> opened(ByteView zip) {
  if (zip.empty()) return Fault::malformed("it is no zip file: there is nothing in it");
  zip_error_t error{};
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(zip.data(), zip.size(), /*freep=*/0, &error);
  zip_t* archive = source == nullptr
                       ? nullptr
                       : zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
  if (archive == nullptr) {
    Fault fault = Fault::malformed(std::string("it is no zip file: ") + zip_error_strerror(&error));
    if (source != nullptr) zip_source_free(source);
    zip_error_fini(&error);
    return fault;
  }
  zip_error_fini(&error);
  return Archive(archive);
}

// A path below the folder, and nothing else.
bool is_inside(std::string_view name) {
  if (name.empty() || name.size() > longest_name || name.front() == '/' ||
      name.find('\\') != name.npos || name.find('\0') != name.npos) {
    return false;
  }
  while (!name.empty()) {
    const auto part = name.substr(0, name.find('/'));
    if (part.empty() || part == "." || part == "..") return false;
    name.remove_prefix(std::min(part.size() + 1, name.size()));
  }
  return true;
}

// The mode that a Unix zip gave it; 0: it was another system.
mode_t mode_of(zip_t* archive, zip_uint64_t index) {
  zip_uint8_t system = 0;
  zip_uint32_t attributes = 0;
  zip_file_get_external_attributes(archive, index, 0, &system, &attributes);
  return system == ZIP_OPSYS_UNIX ? static_cast<mode_t>(attributes >> unix_mode_shift) : 0;
}

class Unpacking {
 public:
  Unpacking(zip_t* archive, const fs::path& folder) : archive_(archive), folder_(folder) {}

  Outcome all() {
    const auto count = zip_get_num_entries(archive_, 0);
    if (count == 0) return Fault::malformed("it is empty");
    if (count > most_files) {
      return Fault::malformed("it has more than " + std::to_string(most_files) + " files");
    }
    for (zip_int64_t index = 0; index < count; ++index) {
      if (auto done = one(static_cast<zip_uint64_t>(index)); !done) return done;
    }
    return {};
  }

 private:
  Outcome one(zip_uint64_t index) {
    zip_stat_t facts{};
    const char* raw = zip_get_name(archive_, index, ZIP_FL_ENC_GUESS);
    if (raw == nullptr || zip_stat_index(archive_, index, 0, &facts) != 0) {
      return Fault::malformed("it is damaged");
    }
    const std::string name = raw;
    if (!is_inside(name)) return refused(name, "does not lie in the folder of the function");
    if (!names_.insert(name).second) return refused(name, "is there twice");
    if ((facts.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && facts.encryption_method != ZIP_EM_NONE) {
      return refused(name, "is encrypted");
    }
    const mode_t mode = mode_of(archive_, index);
    const bool is_folder = name.ends_with('/');
    if ((mode & S_IFMT) != 0 && !S_ISREG(mode) && !S_ISDIR(mode)) {
      return refused(name, "is neither a file nor a folder");
    }
    std::error_code error;
    fs::create_directories(is_folder ? folder_ / name : (folder_ / name).parent_path(), error);
    if (error) return refused(name, "cannot be laid beside the others");
    return is_folder ? Outcome() : file(index, name, (mode & S_IXUSR) != 0 ? 0755 : 0644);
  }

  Outcome file(zip_uint64_t index, const std::string& name, mode_t mode) {
    const Entry entry(zip_fopen_index(archive_, index, 0));
    if (!entry) return refused(name, "cannot be read");
    const int target =
        open((folder_ / name).c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
    if (target < 0) return refused(name, "cannot be laid beside the others");
    auto done = copy(entry.get(), target, name);
    fchmod(target, mode);
    close(target);
    return done;
  }

  Outcome copy(zip_file_t* from, int to, const std::string& name) {
    std::array<char, 64 << 10> space;
    while (true) {
      const auto size = zip_fread(from, space.data(), space.size());
      if (size < 0) return refused(name, "is damaged");
      if (size == 0) return {};
      unzipped_ += size;
      if (unzipped_ > largest_unzipped) {
        return Fault::malformed("it unzips to more than " + std::to_string(largest_unzipped) +
                                " bytes");
      }
      if (write(to, space.data(), static_cast<std::size_t>(size)) != size) {
        return Fault::unavailable("unpacking a function: " + std::string(std::strerror(errno)));
      }
    }
  }

  zip_t* archive_;
  const fs::path& folder_;
  std::set<std::string> names_;
  std::int64_t unzipped_ = 0;
};

// A function may belong to another user than this program, whatever that one's umask is.
Outcome show_folders(const fs::path& folder) {
  std::error_code error;
  fs::permissions(folder, fs::perms(0755), error);
  for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
    if (!error && entry.is_directory()) fs::permissions(entry.path(), fs::perms(0755), error);
  }
  if (error) return Fault::unavailable("unpacking a function: " + error.message());
  return {};
}

}  // namespace

Outcome unpack(ByteView zip, const fs::path& folder) {
  const auto archive = opened(zip);
  if (!archive) return archive.error();
  const auto done = Unpacking(archive->get(), folder).all();
  return done ? show_folders(folder) : done;
}

}  // namespace everseal::lambda::code

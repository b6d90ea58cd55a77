#include "keys/master_key.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

namespace everseal::keys {
namespace {

class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  bool is_open() const { return descriptor_ >= 0; }
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

std::string sentence(const std::filesystem::path& file, std::string_view what) {
  return "The master key file " + file.string() + " " + std::string(what) + ".";
}

Fault unavailable(const std::filesystem::path& file, std::string_view what, int error) {
  return Fault::unavailable(sentence(file, std::string(what) + ": " + std::strerror(error)));
}

bool write_all(int descriptor, ByteView octets) {
  while (!octets.empty()) {
    const ssize_t written = ::write(descriptor, octets.data(), octets.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    octets = octets.subspan(static_cast<std::size_t>(written));
  }
  return true;
}

// As many octets as there are, up to the limit.
Result<Bytes> read_up_to(int descriptor, std::size_t limit) {
  Bytes octets(limit);
  std::size_t length = 0;
  while (length < limit) {
    const ssize_t got = ::read(descriptor, octets.data() + length, limit - length);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Fault::unavailable(std::strerror(errno));
    if (got == 0) break;
    length += static_cast<std::size_t>(got);
  }
  octets.resize(length);
  return octets;
}

// A file's name is durable when its directory is.
bool sync_directory_of(const std::filesystem::path& file) {
  const auto parent = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  const File directory(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return directory.is_open() && ::fsync(directory.descriptor()) == 0;
}

Outcome store(const std::filesystem::path& file, const SecretBytes& secret) {
  const File out(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!out.is_open()) {
    if (errno == EEXIST) return Fault::conflict(sentence(file, "exists already"));
    return unavailable(file, "cannot be made", errno);
  }
  const bool stored = write_all(out.descriptor(), secret.reveal()) &&
                      ::fchmod(out.descriptor(), 0600) == 0 && ::fsync(out.descriptor()) == 0 &&
                      sync_directory_of(file);
  if (stored) return {};
  const int error = errno;
  ::unlink(file.c_str());
  return unavailable(file, "cannot be written", error);
}

Outcome check_protection(const std::filesystem::path& file, int descriptor) {
  struct stat status{};
  if (::fstat(descriptor, &status) != 0) return unavailable(file, "cannot be read", errno);
  if (!S_ISREG(status.st_mode)) return Fault::broken(sentence(file, "is not a regular file"));
  const auto mode = status.st_mode & 07777U;
  if (mode == 0600 || mode == 0400) return {};
  return Fault::broken(
      sentence(file, "may be read or changed by others: give it mode 0600 (chmod 600)"));
}

SecretBytes fresh(Random& random) { return SecretBytes(random.bytes(MasterKey::octets)); }

}  // namespace

Result<MasterKey> MasterKey::create(const std::filesystem::path& file, Random& random) {
  MasterKey made(fresh(random));
  if (const auto stored = store(file, made.secret()); !stored) return stored.error();
  return made;
}

Result<MasterKey> MasterKey::load(const std::filesystem::path& file) {
  // O_NONBLOCK: a FIFO in its place must not make us wait.
  const File in(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!in.is_open()) return unavailable(file, "cannot be read", errno);
  if (const auto safe = check_protection(file, in.descriptor()); !safe) return safe.error();
  auto read = read_up_to(in.descriptor(), octets + 1);
  if (!read) return Fault::unavailable(sentence(file, "cannot be read: " + read.error().cause));
  SecretBytes secret(*std::move(read));
  if (secret.size() != octets) return Fault::broken(sentence(file, "does not hold 32 octets"));
  return MasterKey(std::move(secret));
}

MasterKey MasterKey::in_memory(Random& random) { return MasterKey(fresh(random)); }

}  // namespace everseal::keys

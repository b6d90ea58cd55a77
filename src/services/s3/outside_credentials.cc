#include "services/s3/outside_credentials.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "encoding/ascii.h"
#include "encoding/bytes.h"

namespace everseal::s3 {
namespace {

constexpr std::size_t longest_file = 16 * 1024;

class File {
 public:
  explicit File(const std::filesystem::path& path)
      // O_NONBLOCK: a FIFO in its place must not make us wait.
      : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  int descriptor() const { return descriptor_; }

 private:
  const int descriptor_;
};

Fault refused(const std::filesystem::path& file, std::string_view what) {
  return Fault::conflict("The credentials file " + file.string() + " " + std::string(what) + ".");
}

// At most so much; the space is wiped with the secret.
Result<SecretBytes> content_of(const std::filesystem::path& path) {
  const File file(path);
  if (file.descriptor() < 0) {
    return refused(path, std::string("cannot be read: ") + std::strerror(errno));
  }
  struct stat status{};
  if (::fstat(file.descriptor(), &status) != 0 || !S_ISREG(status.st_mode)) {
    return refused(path, "is not a regular file");
  }
  if ((status.st_mode & 0077U) != 0) {
    return refused(path, "may be read or changed by others: give it mode 0600 (chmod 600)");
  }
  Bytes octets(longest_file);
  std::size_t length = 0;
  while (length < octets.size()) {
    const auto got = ::read(file.descriptor(), octets.data() + length, octets.size() - length);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    length += static_cast<std::size_t>(got);
  }
  octets.resize(length);
  return SecretBytes(std::move(octets));
}

}  // namespace

Result<OutsideCredentials> read_credentials(const std::filesystem::path& file) {
  const auto content = content_of(file);
  if (!content) return content.error();
  OutsideCredentials credentials;
  bool is_ours = false;
  auto rest = content->reveal_text();
  while (!rest.empty()) {
    const auto line = encoding::trimmed(rest.substr(0, rest.find('\n')), " \t\r");
    rest.remove_prefix(std::min(rest.find('\n'), rest.size() - 1) + 1);
    if (line.starts_with('[')) is_ours = line == "[default]";
    const auto equals = line.find('=');
    if (!is_ours || line.starts_with('#') || equals == line.npos) continue;
    const auto name = encoding::trimmed(line.substr(0, equals), " \t\r");
    const auto value = encoding::trimmed(line.substr(equals + 1), " \t\r");
    if (name == "aws_access_key_id") credentials.access_key_id = value;
    if (name == "aws_secret_access_key") credentials.secret = SecretBytes::copy_of(value);
    if (name == "aws_session_token") credentials.session_token = std::string(value);
  }
  if (credentials.access_key_id.empty() || credentials.secret.empty()) {
    return refused(file, "has no aws_access_key_id and aws_secret_access_key in [default]");
  }
  return credentials;
}

}  // namespace everseal::s3

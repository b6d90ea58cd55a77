#include "gateway/haproxy/output.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "descriptor/descriptor.h"

namespace everseal::gateway::haproxy {
namespace {

constexpr off_t most_told = 4096;

}  // namespace

std::string Output::last() const {
  const Descriptor file(::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  struct stat facts{};
  if (!file.is_open() || fstat(file.number(), &facts) != 0) return {};
  const off_t length = std::min(facts.st_size, most_told);
  std::string text(static_cast<std::size_t>(length), '\0');
  const auto count = pread(file.number(), text.data(), text.size(), facts.st_size - length);
  text.resize(count < 0 ? 0 : static_cast<std::size_t>(count));
  return text;
}

// Who writes there appends, so goes on at the new end.
void Output::clear() const {
  const Descriptor file(::open(path_.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC | O_NOFOLLOW));
}

void Output::make_room() const {
  std::error_code ignored;
  const auto size = std::filesystem::file_size(path_, ignored);
  if (!ignored && size > most_octets / 2) clear();
}

}  // namespace everseal::gateway::haproxy

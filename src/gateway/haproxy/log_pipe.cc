#include "gateway/haproxy/log_pipe.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>

namespace everseal::gateway::haproxy {
namespace {

constexpr int octets = 1024 * 1024;

Fault failed(const std::filesystem::path& path) {
  return Fault::unavailable(path.string() + ": " + strerrordesc_np(errno));
}

}  // namespace

Result<Descriptor> open_log_pipe(const std::filesystem::path& path) {
  if (mkfifo(path.c_str(), 0600) != 0 && errno != EEXIST) return failed(path);
  Descriptor pipe(::open(path.c_str(), O_RDWR | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC));
  struct stat facts{};
  if (!pipe.is_open() || fstat(pipe.number(), &facts) != 0) return failed(path);
  if (!S_ISFIFO(facts.st_mode)) return Fault::unavailable(path.string() + " is no pipe");
  fcntl(pipe.number(), F_SETPIPE_SZ, octets);  // stays as it is where that is too much
  return pipe;
}

}  // namespace everseal::gateway::haproxy

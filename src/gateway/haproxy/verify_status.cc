#include "gateway/haproxy/verify_status.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <string>

namespace everseal::gateway::haproxy {
namespace {

// Of OpenSSL (x509_vfy.h).
constexpr std::array untrusted = {2, 18, 19, 20, 21, 27};
constexpr std::array crl_problems = {3, 5, 8, 11, 12, 15, 16, 33, 35, 36, 44, 54};
constexpr std::array purposes = {26, 39};
constexpr std::array types = {66, 67, 68, 76};
constexpr std::array invalid = {7, 25, 32, 34, 41, 47, 48, 79};

bool is_in(std::span<const int> list, int code) {
  return std::ranges::find(list, code) != list.end();
}

std::string_view failure_of(int code) {
  if (code == 10) return "Failed:ClientCertExpired";
  if (code == 9) return "Failed:ClientCertNotYetValid";
  if (code == 22) return "Failed:ClientCertMaxChainDepthExceeded";
  if (code == 23) return "Failed:ClientCertCrlHit";
  if (code == 28) return "Failed:ClientCertRejected";
  if (is_in(untrusted, code)) return "Failed:ClientCertUntrusted";
  if (is_in(crl_problems, code)) return "Failed:ClientCertCrlProcessingError";
  if (is_in(purposes, code)) return "Failed:ClientCertPurposeInvalid";
  if (is_in(types, code)) return "Failed:ClientCertTypeUnsupported";
  if (is_in(invalid, code)) return "Failed:ClientCertInvalid";
  return "Failed:UnmappedConnectionError";
}

int number_in(std::string_view line, std::string_view name) {
  const auto digits = word_of(line, name);
  int number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

std::string_view of_failed(std::string_view line) {
  // Of HAProxy: 30: a certificate above the client's; 31: the client's own.
  constexpr int above = 30;
  constexpr int own = 31;
  const int error = number_in(line, "fc_err");
  if (error == above) return failure_of(number_in(line, "ca_err"));
  if (error == own) return failure_of(number_in(line, "c_err"));
  return "Failed:UnmappedConnectionError";
}

}  // namespace

std::string_view word_of(std::string_view line, std::string_view name) {
  const std::string begin = " " + std::string(name) + "=";
  const auto at = line.find(begin);
  if (at == std::string_view::npos) return {};
  const auto value = line.substr(at + begin.size());
  if (!value.starts_with('"')) return value.substr(0, value.find(' '));
  std::size_t end = 1;
  while (end < value.size() && value[end] != '"') end += value[end] == '\\' ? 2 : 1;
  return value.substr(1, std::min(end, value.size()) - 1);
}

Result<std::string_view> verify_status(std::string_view line) {
  const bool is_failed = line.starts_with("connection ");
  if (!is_failed && !line.starts_with("request "))
    return Fault::malformed("not a line of HAProxy's");
  const auto refused = word_of(line, "refused");
  if (refused == "revoked") return "Failed:ClientCertCrlHit";
  if (refused == "depth") return "Failed:ClientCertMaxChainDepthExceeded";
  if (is_failed) return of_failed(line);
  const auto serial = word_of(line, "serial");
  return serial.empty() || serial == "-" ? "-" : "Success";
}

}  // namespace everseal::gateway::haproxy

#pragma once

#include <string>
#include <utility>

namespace everseal {

// What went wrong below the API, in our words; it never leaves the process.
struct Fault {
  enum class Kind {
    Malformed,    // bytes from outside that break their format
    Conflict,     // changed or taken by somebody else
    Unavailable,  // later may work: a full disk, a busy database
    Broken,       // a bug or damage
  };
  Kind kind;
  std::string cause;  // for the log: file, SQLSTATE, OpenSSL reason

  static Fault malformed(std::string cause) { return {Kind::Malformed, std::move(cause)}; }
  static Fault conflict(std::string cause) { return {Kind::Conflict, std::move(cause)}; }
  static Fault unavailable(std::string cause) { return {Kind::Unavailable, std::move(cause)}; }
  static Fault broken(std::string cause) { return {Kind::Broken, std::move(cause)}; }
};

}  // namespace everseal

#pragma once

#include <cstddef>
#include <string_view>

namespace everseal::http {

// Finds the end of a request's head, octet by octet, and refuses at once whatever two readers could
// read differently (RFC 9112, 2.2 and 5.2): a line that ends without CR LF, a CR or a NUL within
// one, a line that continues the one before.
class HeadScanner {
 public:
  enum class State { More, Complete, Malformed };

  // `head` is all that is there from the head's first octet; what an earlier call saw is not looked
  // at again.
  State scan(std::string_view head);
  // Of the head, with the empty line at its end. Once Complete.
  std::size_t size() const { return seen_; }

 private:
  State take(char octet);

  enum class Line { Begins, Inside, EndsWithCr, EndsHeadWithCr };
  Line line_ = Line::Begins;
  bool first_line_ = true;
  std::size_t seen_ = 0;
};

}  // namespace everseal::http

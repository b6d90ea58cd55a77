#include "http/head_scanner.h"

namespace everseal::http {

HeadScanner::State HeadScanner::scan(std::string_view head) {
  while (seen_ < head.size()) {
    if (line_ == Line::Inside && head[seen_] > '\r') {  // says nothing about the form
      ++seen_;
      continue;
    }
    const State state = take(head[seen_++]);
    if (state != State::More) return state;
  }
  return State::More;
}

HeadScanner::State HeadScanner::take(char octet) {
  switch (line_) {
    case Line::EndsHeadWithCr:
      return octet == '\n' ? State::Complete : State::Malformed;
    case Line::EndsWithCr:
      if (octet != '\n') return State::Malformed;
      line_ = Line::Begins;
      first_line_ = false;
      return State::More;
    case Line::Begins:
      if (octet == ' ' || octet == '\t') return State::Malformed;
      if (octet == '\r') {
        line_ = Line::EndsHeadWithCr;
        return first_line_ ? State::Malformed : State::More;
      }
      break;
    case Line::Inside:
      break;
  }
  if (octet == '\n' || octet == '\0') return State::Malformed;
  line_ = octet == '\r' ? Line::EndsWithCr : Line::Inside;
  return State::More;
}

}  // namespace everseal::http

#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "clock/clock.h"

namespace everseal::lambda::runtime {

struct Line {
  TimePoint time;
  std::string text;  // UTF-8, without a line break
};

// The log of one invocation: what the function writes, cut into lines, and what is said about it.
// Octets that are not UTF-8 become U+FFFD. A function that writes without end fills nothing: after
// 1 MiB its lines are counted only, and only a line's first 256 KiB are kept. For one thread.
class Journal {
 public:
  using Sink = std::function<void(Line)>;
  Journal(const Clock& clock, Sink sink) : clock_(clock), sink_(std::move(sink)) {}

  // What came of standard output and error.
  void append(std::string_view octets);
  // A line of ours; what the function left unfinished is a line before it.
  void say(const std::string& text);
  // Says how many lines were left out, if any were.
  void finish();
  // The last 4 KiB, line breaks included.
  const std::string& tail() const { return tail_; }

 private:
  void end_line();
  void tell(std::string text);

  const Clock& clock_;
  Sink sink_;
  std::string unfinished_;
  std::string tail_;
  std::size_t told_ = 0;  // octets of the function's lines
  std::size_t left_out_ = 0;
};

}  // namespace everseal::lambda::runtime

#pragma once

#include <atomic>
#include <cstdint>
#include <string_view>

#include "jobs/runner.h"
#include "log/log.h"
#include "sql/database.h"

namespace everseal::acmpca {

// OpenSSL's opinion of certificates that were issued since it was asked last: a sample, spread
// evenly over them, is decoded and its signatures are verified. Every CA certificate was judged so
// before it was answered; of the others it would take longer than issuing them. The first time, the
// newest ones are looked at. Thread-safe.
class SecondOpinions {
 public:
  static constexpr std::string_view job_kind = "acmpca.second_opinions";
  static constexpr std::int64_t usual_sample = 1000;  // at most, each 0.5 ms

  struct Counts {
    std::uint64_t asked = 0;
    std::uint64_t disagreed = 0;  // each is an error in the log, too
  };

  SecondOpinions(sql::Database& database, Log& log, std::int64_t sample = usual_sample)
      : database_(database), log_(log), sample_(sample) {}

  // Handles the job.
  Result<jobs::Verdict> ask();

  Counts counts() const { return {asked_.load(), disagreed_.load()}; }

 private:
  struct Sample;
  void judge(const Sample& sample);

  sql::Database& database_;
  Log& log_;
  const std::int64_t sample_;
  std::atomic<std::int64_t> last_{0};  // the newest certificate when it was asked last
  std::atomic<std::uint64_t> asked_{0};
  std::atomic<std::uint64_t> disagreed_{0};
};

}  // namespace everseal::acmpca

#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "aws/api_error.h"
#include "aws/fields.h"
#include "clock/clock.h"
#include "result/result.h"
#include "services/cloudwatch/point_store.h"
#include "services/cloudwatch/statistics.h"

namespace everseal::cloudwatch {

enum class Statistic { SampleCount, Average, Sum, Minimum, Maximum };

double value_of(const Statistics& statistics, Statistic statistic);

// Of what time, cut into what: periods begin at multiples of their length since 1970.
class Periods {
 public:
  // InvalidParameterValueException: it ends before it begins, or the period is no multiple of a
  // minute.
  static Result<Periods, ApiError> of(TimePoint start, TimePoint end, std::int64_t seconds);

  TimePoint from() const { return from_; }    // of the period in which it starts
  TimePoint until() const { return until_; }  // not included
  std::int64_t count() const;                 // at most this many points
  // What was measured in each of them; those in which nothing was are left out.
  Points cut(const Points& minutes) const;

 private:
  Periods(TimePoint from, TimePoint until, std::chrono::seconds length)
      : from_(from), until_(until), length_(length) {}
  TimePoint begin_of(TimePoint time) const;

  TimePoint from_;
  TimePoint until_;
  std::chrono::seconds length_;
};

}  // namespace everseal::cloudwatch

template <>
inline constexpr auto everseal::aws::names_of<everseal::cloudwatch::Statistic> =
    std::to_array<everseal::aws::EnumName<everseal::cloudwatch::Statistic>>({
        {everseal::cloudwatch::Statistic::SampleCount, "SampleCount"},
        {everseal::cloudwatch::Statistic::Average, "Average"},
        {everseal::cloudwatch::Statistic::Sum, "Sum"},
        {everseal::cloudwatch::Statistic::Minimum, "Minimum"},
        {everseal::cloudwatch::Statistic::Maximum, "Maximum"},
    });

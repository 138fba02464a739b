//! Which share of a sweep a process plays.

use std::fmt;

/// Share `index` of `of`, counted from 1: the runs whose number leaves that remainder, so that shares are alike however
/// the runs differ along the manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    index: u64,
    of: u64,
}

/// Why a share cannot be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShardError(String);

impl fmt::Display for ShardError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ShardError {}

/// How an engine tells a task which one of how many it is: names of environment variables.
struct Engine {
    name: &'static str,
    id: &'static str,
    /// The least id, where it is not a constant.
    first: Option<&'static str>,
    /// The least id otherwise.
    least: i64,
    step: Option<&'static str>,
    count: Option<&'static str>,
    /// The greatest id, for engines that tell it in place of a count.
    last: Option<&'static str>,
}

const fn counted(name: &'static str, id: &'static str, count: Option<&'static str>) -> Engine {
    Engine {
        name,
        id,
        first: None,
        least: 0,
        step: None,
        count,
        last: None,
    }
}

/// In the order in which they are asked; the first whose id is set is taken.
const ENGINES: &[Engine] = &[
    Engine {
        first: Some("SLURM_ARRAY_TASK_MIN"),
        step: Some("SLURM_ARRAY_TASK_STEP"),
        ..counted(
            "Slurm",
            "SLURM_ARRAY_TASK_ID",
            Some("SLURM_ARRAY_TASK_COUNT"),
        )
    },
    counted("HyperQueue", "HQ_TASK_ID", None),
    counted("Kubernetes", "JOB_COMPLETION_INDEX", None),
    counted(
        "AWS Batch",
        "AWS_BATCH_JOB_ARRAY_INDEX",
        Some("AWS_BATCH_JOB_ARRAY_SIZE"),
    ),
    counted("Google Batch", "BATCH_TASK_INDEX", Some("BATCH_TASK_COUNT")),
    counted(
        "Cloud Run",
        "CLOUD_RUN_TASK_INDEX",
        Some("CLOUD_RUN_TASK_COUNT"),
    ),
    Engine {
        first: Some("SGE_TASK_FIRST"),
        step: Some("SGE_TASK_STEPSIZE"),
        last: Some("SGE_TASK_LAST"),
        ..counted("Grid Engine", "SGE_TASK_ID", None)
    },
    Engine {
        least: 1,
        last: Some("LSB_JOBINDEX_END"),
        ..counted("LSF", "LSB_JOBINDEX", None)
    },
    counted("PBS", "PBS_ARRAY_INDEX", None),
];

impl Shard {
    /// The only share.
    pub const WHOLE: Self = Self { index: 1, of: 1 };

    /// Reads `i/n`, `auto` or `auto/n`; `variable` looks an environment variable up.
    ///
    /// `auto` asks the engine that started the process; `auto/n` does where the engine does not say how many tasks there
    /// are: any n consecutive task numbers then cover all shares, wherever they begin.
    ///
    /// ```
    /// use staffwright::experiment::sweep::Shard;
    /// let shard = Shard::read("2/3", &|_| None).unwrap();
    /// assert_eq!((0..7).filter(|&run| shard.has(run)).collect::<Vec<_>>(), [1, 4]);
    /// ```
    ///
    /// # Errors
    /// A sentence with what to write instead.
    pub fn read(text: &str, variable: &dyn Fn(&str) -> Option<String>) -> Result<Self, ShardError> {
        if text == "auto" {
            return automatic(None, variable);
        }
        let wrong = || {
            ShardError(format!(
                "`{text}` is no share of a sweep; write --shard 1/8 for the first of eight, or --shard auto"
            ))
        };
        let (index, of) = text.split_once('/').ok_or_else(wrong)?;
        let of: u64 = of.trim().parse().map_err(|_| wrong())?;
        if of == 0 {
            return Err(wrong());
        }
        if index.trim() == "auto" {
            return automatic(Some(of), variable);
        }
        let index: u64 = index.trim().parse().map_err(|_| wrong())?;
        if index == 0 || index > of {
            return Err(ShardError(format!(
                "there is no share {index} of {of}; shares are counted from 1: write --shard 1/{of} to --shard {of}/{of}"
            )));
        }
        Ok(Self { index, of })
    }

    /// Whether a run, by its number in the manifest from 0, belongs to this share.
    #[must_use]
    pub fn has(self, run: usize) -> bool {
        run as u64 % self.of == self.index - 1
    }

    /// How many shares there are.
    #[must_use]
    pub fn of(self) -> u64 {
        self.of
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.of)
    }
}

fn automatic(
    given: Option<u64>,
    variable: &dyn Fn(&str) -> Option<String>,
) -> Result<Shard, ShardError> {
    let number = |name: &str| variable(name).and_then(|text| text.trim().parse::<i64>().ok());
    let Some((engine, id)) = ENGINES.iter().find_map(|e| Some((e, number(e.id)?))) else {
        let names: Vec<&str> = ENGINES.iter().map(|e| e.id).collect();
        return Err(ShardError(format!(
            "--shard auto finds no task number: none of {} is set; write --shard 1/8 for the first of eight",
            names.join(", ")
        )));
    };
    if let Some(of) = given {
        // An id is at least 0 with every engine; the remainder covers all shares wherever the numbers begin.
        let index = id.rem_euclid(of as i64) as u64 + 1;
        return Ok(Shard { index, of });
    }
    let first = engine.first.and_then(number).unwrap_or(engine.least);
    let step = engine.step.and_then(number).unwrap_or(1).max(1);
    let last = engine.last.and_then(number);
    let count = engine
        .count
        .and_then(number)
        .or_else(|| last.map(|last| (last - first) / step + 1));
    let Some(of) = count else {
        return Err(ShardError(format!(
            "{} does not say how many tasks there are; write --shard auto/40 where there are 40",
            engine.name
        )));
    };
    let index = (id - first) / step;
    if id < first || index >= of {
        return Err(ShardError(format!(
            "{} gives task {id}, which is none of {of} from {first} in steps of {step} (a list of task numbers with gaps?); \
             write --shard auto/N, where N consecutive numbers are submitted",
            engine.name
        )));
    }
    Ok(Shard {
        index: index as u64 + 1,
        of: of as u64,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(text: &str, variables: &[(&str, &str)]) -> Result<String, String> {
        let look_up = |name: &str| {
            let found = variables.iter().find(|(n, _)| *n == name);
            found.map(|(_, v)| (*v).to_string())
        };
        Shard::read(text, &look_up)
            .map(|s| s.to_string())
            .map_err(|e| e.to_string())
    }

    #[test]
    fn every_run_belongs_to_exactly_one_share() {
        for of in 1..7 {
            let shards: Vec<Shard> = (1..=of).map(|index| Shard { index, of }).collect();
            for run in 0..50 {
                assert_eq!(shards.iter().filter(|s| s.has(run)).count(), 1);
            }
        }
    }

    #[test]
    fn engines_tell_their_tasks() {
        let slurm = |id| {
            read(
                "auto",
                &[
                    ("SLURM_ARRAY_TASK_ID", id),
                    ("SLURM_ARRAY_TASK_MIN", "10"),
                    ("SLURM_ARRAY_TASK_COUNT", "3"),
                    ("SLURM_ARRAY_TASK_STEP", "5"),
                ],
            )
        };
        assert_eq!(slurm("10").unwrap(), "1/3");
        assert_eq!(slurm("20").unwrap(), "3/3");
        assert!(slurm("25").unwrap_err().contains("none of 3 from 10"));
        let aws = [
            ("AWS_BATCH_JOB_ARRAY_INDEX", "0"),
            ("AWS_BATCH_JOB_ARRAY_SIZE", "8"),
        ];
        assert_eq!(read("auto", &aws).unwrap(), "1/8");
        let sge = [
            ("SGE_TASK_ID", "5"),
            ("SGE_TASK_FIRST", "1"),
            ("SGE_TASK_LAST", "9"),
            ("SGE_TASK_STEPSIZE", "2"),
        ];
        assert_eq!(read("auto", &sge).unwrap(), "3/5");
        let lsf = [("LSB_JOBINDEX", "4"), ("LSB_JOBINDEX_END", "4")];
        assert_eq!(read("auto", &lsf).unwrap(), "4/4");
    }

    #[test]
    fn engines_without_a_count_are_told_it() {
        assert!(
            read("auto", &[("HQ_TASK_ID", "3")])
                .unwrap_err()
                .contains("auto/40")
        );
        let shares: Vec<String> = (1..=4)
            .map(|id| read("auto/4", &[("HQ_TASK_ID", &id.to_string())]).unwrap())
            .collect();
        assert_eq!(shares, ["2/4", "3/4", "4/4", "1/4"]);
        assert_eq!(
            read("auto/2", &[("JOB_COMPLETION_INDEX", "0")]).unwrap(),
            "1/2"
        );
    }

    #[test]
    fn mistakes_say_what_to_write() {
        for text in ["", "3", "a/b", "1/0", "1/-2"] {
            assert!(read(text, &[]).unwrap_err().contains("--shard 1/8"));
        }
        assert!(read("0/4", &[]).unwrap_err().contains("counted from 1"));
        assert!(read("5/4", &[]).unwrap_err().contains("--shard 4/4"));
        assert!(
            read("auto", &[])
                .unwrap_err()
                .contains("SLURM_ARRAY_TASK_ID")
        );
    }
}

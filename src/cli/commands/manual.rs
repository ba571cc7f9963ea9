//! `man`: manual pages, printed or written into a folder.
use std::path::Path;

use crate::cli::args::manual::ManualArgs;
use crate::cli::context::Context;
use crate::cli::error::Problem;
use crate::cli::world::{self, FileAccess};
use crate::cli::{echo, manual};
use crate::core::secret::Secret;

/// Prints a page, or writes all of them.
///
/// # Errors
/// There is no such command, or a file can't be written.
pub(crate) fn run(typed: &ManualArgs, context: &mut Context<'_, '_>) -> anyhow::Result<()> {
    if let Some(folder) = &typed.out {
        if folder.is_empty() {
            return Err(Problem::usage("--out is empty: is the variable set?").into());
        }
        echo::refuse_to_write(folder, "--out")?;
        return Ok(write_all(Path::new(folder), context)?);
    }
    let Some(page) = manual::page(&typed.command) else {
        return Err(Problem::usage_with(
            "there is no such command",
            "to list the commands: jwtsess --help",
        )
        .into());
    };
    if context.world.stdout.terminal {
        let words = typed.command.join(" ");
        let words = if words.is_empty() {
            words
        } else {
            format!(" {words}")
        };
        context.say(&format!("to read it: jwtsess man{words} | man -l -"));
    }
    Ok(context.answer(page.text.as_bytes())?)
}

fn write_all(folder: &Path, context: &mut Context<'_, '_>) -> Result<(), Problem> {
    let pages = manual::pages();
    world::make_open_folder(folder)?;
    for page in &pages {
        let path = folder.join(&page.file);
        let text = Secret::new(page.text.clone().into_bytes());
        world::replace(
            &path,
            &text,
            FileAccess::Anyone,
            &mut *context.world.entropy,
        )?;
    }
    let shown =
        echo::path(folder.as_os_str()).unwrap_or_else(|| "the folder that --out names".to_owned());
    context.say(&format!("wrote {} pages to {shown}", pages.len()));
    Ok(())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use crate::cli::manual::pages;
    use crate::cli::testing::{Call, Folder};

    #[test]
    fn all_pages_are_written_into_a_folder_that_is_made() {
        let folder = Folder::new();
        let out = folder.path().join("share/man/man1");
        let args = ["man", "--out", out.to_str().unwrap()];
        for _ in 0..2 {
            let called = Call::new(&args).run();
            assert_eq!((called.exit, called.stdout.as_str()), (0, ""), "{called}");
            let mut written: Vec<_> = std::fs::read_dir(&out)
                .unwrap()
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            written.sort();
            let mut expected: Vec<_> = pages().into_iter().map(|page| page.file).collect();
            expected.sort();
            assert_eq!(written, expected);
        }
        let page = std::fs::read_to_string(out.join("jwtsess-issue.1")).unwrap();
        assert_eq!(page, Call::new(&["man", "issue"]).run().stdout);
    }

    #[test]
    fn a_page_is_printed_alone_and_at_a_terminal_it_is_said_how_to_read_it() {
        let called = Call::new(&["man", "profile", "show"]).run();
        assert_eq!((called.exit, called.stderr.as_str()), (0, ""), "{called}");
        assert!(
            called.stdout.contains(".TH JWTSESS-PROFILE-SHOW 1"),
            "{called}"
        );
        let called = Call::new(&["man", "refresh"]).at_a_terminal(&[]).run();
        assert!(
            called.stderr.contains("jwtsess man refresh | man -l -"),
            "{called}"
        );
        let called = Call::new(&["man", "nothing"]).run();
        assert_eq!(called.exit, 2, "{called}");
    }
}
